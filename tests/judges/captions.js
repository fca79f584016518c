// Prints what W3C's strict parser says of a WebVTT file.
"use strict";
const { readFileSync } = require("fs");
const { WebVTTParser } = require("webvtt-parser");

const found = new WebVTTParser().parse(readFileSync(process.argv[2], "utf8"), "subtitles");
const cues = found.cues.map(({ startTime, endTime, text }) => [startTime, endTime, text]);
console.log(JSON.stringify({ errors: found.errors, cues }));
