// Runs before anything is shown: the chosen theme, and back to the plain text if the script fails.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  addEventListener("error", () => root.classList.contains("ready") || root.classList.remove("js"));
  try {
    const theme = localStorage.getItem("annotate.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // blocked storage: as the system
  }
})();
