import { testForm } from '../shared/formTests.ts';
import { window } from './window.ts';

testForm(() => window);
