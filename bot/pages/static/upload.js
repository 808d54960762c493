"use strict";
// Shows what was chosen and how far it got; without this script the form still sends.
const form = document.querySelector("form");
const pick = form.querySelector("input[type=file]");
const list = form.querySelector(".files");
const result = form.querySelector(".result");
const button = form.querySelector("button");
const most = Number(form.dataset.most);
const limit = Number(form.dataset.limit);

// the browser's own control speaks the browser's language; the list below says what was chosen
pick.parentElement.classList.add("shown");

function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB`;
}

function wrong() {
  const files = [...pick.files];
  if (files.length > most) return `Mỗi lần gửi nhiều nhất ${most} tệp. Đồng chí chọn lại.`;
  const big = files.find((file) => file.size > limit);
  return big ? `"${big.name}" lớn hơn 20 MB. Đồng chí chọn tệp nhỏ hơn.` : "";
}

pick.addEventListener("change", () => {
  list.replaceChildren(
    ...[...pick.files].map((file) => {
      const item = document.createElement("li");
      const measure = document.createElement("span");
      item.append(file.name, measure);
      measure.textContent = size(file.size);
      return item;
    }),
  );
  result.textContent = wrong();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  result.textContent = wrong();
  if (result.textContent || button.disabled) return;
  const bar = document.createElement("progress");
  bar.max = 1;
  list.append(bar);
  button.disabled = true;
  button.textContent = "Đang gửi…";
  const request = new XMLHttpRequest();
  request.open("POST", location.pathname);
  request.upload.addEventListener("progress", (sent) => {
    if (sent.lengthComputable) bar.value = sent.loaded / sent.total;
  });
  request.addEventListener("load", () => {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const answer = page.querySelector(".said");
    if (request.status === 200) {
      document.querySelector("main").replaceWith(page.querySelector("main"));
      return;
    }
    fail(answer ? answer.textContent : "Chưa gửi được. Đồng chí bấm gửi lại.");
  });
  request.addEventListener("error", () => fail("Mất kết nối, chưa gửi được. Đồng chí bấm gửi lại."));
  request.addEventListener("abort", () => fail("Đã dừng gửi."));
  request.send(new FormData(form));

  function fail(sentence) {
    bar.remove();
    result.textContent = sentence;
    button.disabled = false;
    button.textContent = "Gửi";
  }
});
