import { startPage } from './page.ts';
import { provideSharedModules } from './sharedModules.ts';

provideSharedModules();
startPage();
