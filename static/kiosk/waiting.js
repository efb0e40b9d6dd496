// A browser that shows its number asks every two seconds whether the administrator has confirmed it.
const form = document.getElementById("finish");
setInterval(async () => {
  const answer = await fetch(form.action, { method: "POST" }).catch(() => null);
  if (answer?.redirected) location.replace(answer.url);
}, 2000);
