// A badge held to the reader at a desk fills the field as a kiosk reads it: by where the keys lie, whatever the layout.
import { onBadge } from "../kiosk/badge.js";

const form = document.querySelector("[data-badge]");
onBadge(number => {
  form.elements.number.value = number;
  form.elements.number.focus();
});
