// The language of the pages: the choice is a cookie that the server reads, so the page is loaded anew, with what was written on it
// where it has an address for that.
document.addEventListener("change", event => {
  const choice = event.target.closest("[data-language]");
  if (choice) {
    const path = new URL(document.baseURI).pathname;
    const culture = encodeURIComponent(`c=${choice.value}|uic=${choice.value}`);
    document.cookie = `.AspNetCore.Culture=${culture}; path=${path}; max-age=31536000; samesite=lax`;
    const written = document.querySelector("a[data-as-written]")?.href;
    if (written) {
      location.replace(written);
    } else {
      location.reload();
    }
  }
});
