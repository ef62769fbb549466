// Passkeys exist in script only. Without it the page offers the code from the app.
const json = (url, csrf, body) =>
  fetch(url, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRF": csrf }, body, redirect: "error" });

const passkey = async (p) => {
  const say = p.querySelector("[role=status]");
  try {
    const base = p.dataset.passkey;
    const asked = await json(base, p.dataset.csrf, "{}");
    if (!asked.ok) throw new Error("refused");
    const { publicKey } = await asked.json();
    const made =
      p.dataset.passkeyNew === undefined
        ? await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) })
        : await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
    const answered = await json(base + "/antwoord", p.dataset.csrf, JSON.stringify(made));
    if (!answered.ok) throw new Error("refused");
    location.assign((await answered.json()).to);
  } catch {
    // The second factor may have to be shown again before a passkey is added.
    if (p.dataset.prove !== undefined && say.textContent === p.dataset.failed) location.assign(p.dataset.prove);
    say.textContent = p.dataset.failed;
  }
};

if (window.PublicKeyCredential?.parseRequestOptionsFromJSON !== undefined) {
  for (const p of document.querySelectorAll("[data-passkey]")) {
    p.hidden = false;
    p.querySelector("button").addEventListener("click", () => passkey(p));
  }
}
