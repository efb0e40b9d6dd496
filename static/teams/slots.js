// A tap that plans ten minutes, or those of a whole week, on a network that may be dead: it says so, and the same tap is tried again.
// The key of the form goes with every try, so that the server plans once whatever arrives twice.
const PATIENCE = 10_000;

document.addEventListener("submit", async event => {
  const form = event.target.closest("form[data-slot]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  const leader = form.closest(".leader"), words = leader.dataset;
  const said = form.querySelector(".slot-said") ?? leader.querySelector(".confirm .slot-said");
  said.textContent = words.sending;
  const told = await send(form, event.submitter);
  delete form.dataset.sent;
  said.textContent = told.words ?? words.away;
  if (told.to) location.assign(told.to);
  else if (told.done) {
    for (const button of form.querySelectorAll("button")) button.remove();
    form.closest("details").classList.add("slot-done");
  }
});

// Times that open under the edge of the screen come up to the finger.
document.addEventListener("toggle", event => {
  if (event.target.matches(".slot[open]")) event.target.scrollIntoView({ block: "nearest" });
}, true);

async function send(form, submitter) {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form, submitter),
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    // Whoever was signed out is led to another page: nothing was planned.
    if (answer.redirected) { location.reload(); return { words: "" }; }
    const told = await answer.json();
    return { done: answer.ok, to: told.to, words: told.said ?? told.detail };
  } catch {
    return {};
  }
}
