// Shows one document at a time below their list. Without this script the list is there alone, and says all that it must.
"use strict";

const links = [...document.querySelectorAll("#documents a[data-name]")];
const pick = document.getElementById("pick");
const place = document.getElementById("document");
const away = document.getElementById("away");
const inside = place.attachShadow({ mode: "open" });

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = place.dataset.sheet;

async function show(link, button) {
  pick.querySelectorAll("button").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
  const answer = await fetch(link.href).catch(() => null);
  if (button.getAttribute("aria-pressed") !== "true") return; // another one was picked meanwhile
  away.hidden = Boolean(answer && answer.ok);
  const node = document.createElement("div");
  inside.replaceChildren(style, node);
  if (away.hidden) {
    SwaggerUIBundle({
      spec: await answer.json(),
      domNode: node,
      docExpansion: "list",
      defaultModelsExpandDepth: 0,
      validatorUrl: null, // it would send the document elsewhere
    });
  }
}

for (const link of links) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "second";
  button.textContent = link.dataset.name;
  button.addEventListener("click", () => show(link, button));
  pick.append(button);
  fetch(link.href, { method: "HEAD" })
    .then((answer) => answer.ok, () => false)
    .then((isThere) => { link.parentElement.querySelector("[hidden]").hidden = isThere; });
}
pick.querySelector("button").click();
