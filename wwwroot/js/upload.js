// Sends the chosen file and tells how far it is; fetch cannot tell that. Null when none was chosen.
export function upload(input, address, view) {
  const file = input.files[0];
  if (!file) {
    return null;
  }

  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let told = 0;
    request.upload.onprogress = event => {
      const percent = Math.floor(event.loaded / event.total * 100);
      if (percent !== told) {
        told = percent;
        view.invokeMethodAsync("Sent", percent).catch(() => request.upload.onprogress = null); // the page was left
      }
    };
    request.onload = () => request.status === 200 ? resolve(request.response) : request.status === 403 ? resolve({ isRefused: true }) : reject(new Error(request.status));
    request.onerror = () => reject(new Error("connection"));
    request.responseType = "json";
    request.open("POST", new URL(address, document.baseURI));
    request.send(file);
  }).finally(() => input.value = "");
}
