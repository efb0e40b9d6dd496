// Passkeys: asks the server what is to be made or signed, the browser to do it, and goes where the server says.
const place = document.querySelector("[data-passkey]");
const button = place.querySelector("button");
const fault = place.querySelector("[role=alert]");

if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  button.hidden = false;
  button.addEventListener("click", go);
} else {
  say(place.dataset.tooOld);
}

async function go() {
  button.disabled = true;
  say("");
  try {
    const options = await ask(place.dataset.ask, {});
    const credential = place.dataset.passkey === "make"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    const name = place.querySelector("input[name=name]")?.value ?? "";
    location.assign((await ask(place.dataset.answer, { credential: credential.toJSON(), name })).to);
  } catch (error) {
    // Whoever closes the browser's own window changed their mind or has no such device at hand.
    say(error.said ?? place.dataset.stopped);
    button.disabled = false;
  }
}

async function ask(address, content) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": place.dataset.token };
  const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(content) });
  const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
  if (!response.ok || response.redirected) throw Object.assign(new Error(), { said: answer.detail });
  return answer;
}

function say(words) {
  fault.textContent = words;
}
