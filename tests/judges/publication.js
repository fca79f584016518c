// Prints how Thorium's parser understands an EPUB or a DAISY book.
"use strict";
const parser = "r2-shared-js/dist/es8-es2017/src";
const { initGlobalConverters_GENERIC, initGlobalConverters_SHARED } = require(`${parser}/init-globals`);
const { PublicationParsePromise } = require(`${parser}/parser/publication-parser`);

initGlobalConverters_GENERIC();
initGlobalConverters_SHARED();

const listed = (links, depth) =>
  (links || []).flatMap((each) => [[depth, each.Title], ...listed(each.Children, depth + 1)]);

PublicationParsePromise(process.argv[2]).then((book) => {
  const parts = book.Spine.map((each) => each.Duration);
  const { Direction: direction, Duration: length } = book.Metadata;
  console.log(JSON.stringify({ direction, length, parts, contents: listed(book.TOC, 1) }));
});
