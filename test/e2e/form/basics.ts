import { testForm } from './formTests.ts';
import { window } from './window.ts';

testForm(() => window);
