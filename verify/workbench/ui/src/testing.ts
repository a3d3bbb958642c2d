// Unit tests read English: run before each of them by vitest.
import en from "./words/en";
import { speak } from "./text";

speak("en", en);
