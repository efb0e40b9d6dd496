// The code of the administrator's picture stands behind the # of the address: it reaches no log and no history.
const code = decodeURIComponent(location.hash.slice(1));
if (code) {
  history.replaceState(null, "", location.pathname);
  const form = document.getElementById("enrol");
  form.elements.code.value = code;
  form.requestSubmit();
}
