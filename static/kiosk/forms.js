// Words whose noun takes the form that goes with a number: in Arabic there are six.
const rules = new Intl.PluralRules(document.documentElement.lang);

export const formed = (place, name, number) => place.getAttribute(`data-${name}-${rules.select(number)}`) ?? place.getAttribute(`data-${name}-other`);
