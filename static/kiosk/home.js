// Home: who is here, and where they are in what is asked of them, is kept for when the server goes away.
import { identify } from "./myself.js";

identify({}, { must: false });
