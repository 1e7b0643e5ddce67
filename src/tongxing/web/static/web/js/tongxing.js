// Comfort on top of pages that work without it. Each module minds one thing.
import "./menus.js";
import "./shortcuts.js";
import "./toasts.js";
import "./uploads.js";
import "./questions.js";
