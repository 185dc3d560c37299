export { commandUpdated } from "../events/command.js";
