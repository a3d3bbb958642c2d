import { render } from "preact";
import "./base.css";
import { App } from "./app";
import { watch } from "./care";
import { listen as hearEvents } from "./events";
import { listen as answerKeys } from "./keys";
import { follow } from "./router";
import { followTheme } from "./session";
import { load } from "./text";

await load();
followTheme();
watch();
answerKeys();
hearEvents();
document.addEventListener("click", follow);
render(<App />, document.getElementById("app")!);
