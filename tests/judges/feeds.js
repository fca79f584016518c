// Prints what two readers of podcast feeds find in one.
"use strict";
const { readFileSync } = require("fs");
const { parseFeed } = require("podcast-partytime");
const Parser = require("rss-parser");

const text = readFileSync(process.argv[2], "utf8");
new Parser()
  .parseString(text)
  .then((plain) => console.log(JSON.stringify({ partytime: parseFeed(text), plain })));
