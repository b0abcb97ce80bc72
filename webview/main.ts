import { startPage } from './page.ts';

// The toolkit reads the theme's colors in an earlier load listener. Elements registered before it are styled and laid out
// twice, which takes a third of the time the form needs to open.
window.addEventListener('load', startPage);
