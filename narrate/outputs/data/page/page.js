// The read-along page: plays the chapters, shows the sentence that sounds, remembers the place.
"use strict";

(() => {
  const find = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  const audio = find("#sound");
  const [play, slider, clock] = [find("#play"), find("#place"), find("#clock")];
  const [speed, theme] = [find("#speed"), find("#theme")];
  const links = all("nav a");
  const chapters = all("section[data-sound]").map((section) => ({
    section,
    begin: Number(section.dataset.from),
    length: Number(section.dataset.length),
    sentences: [...section.querySelectorAll("[data-begin]")],
  }));
  for (const chapter of chapters) {
    chapter.begins = chapter.sentences.map((each) => Number(each.dataset.begin));
  }
  const whole = Number(slider.max);
  const shelf = `narrate ${document.documentElement.dataset.book}`;

  let at = 0; // the chapter that is loaded
  let now = null; // the sentence that sounds

  // Where `time` falls: the last of `begins` that is not later, or -1.
  const lastBefore = (begins, time) => {
    let [low, high] = [0, begins.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (begins[middle] <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };

  const persian = (text) => text.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]);
  const told = (time) => {
    const seconds = Math.floor(time);
    const two = (number) => String(number).padStart(2, "0");
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    const rest = two(seconds % 60);
    return persian(hours ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`);
  };

  const remembered = () => {
    try {
      return JSON.parse(localStorage.getItem(shelf)) || {};
    } catch {
      return {};
    }
  };
  const remember = () => {
    const place = { sentence: now && now.id, speed: speed.value, theme: theme.value };
    try {
      localStorage.setItem(shelf, JSON.stringify(place));
    } catch {
      // A browser that keeps nothing still plays.
    }
  };

  const load = (index, time) => {
    if (index !== at || !audio.src) {
      at = index;
      audio.src = chapters[at].section.dataset.sound;
      audio.playbackRate = Number(speed.value);
    }
    audio.currentTime = time;
    show();
  };

  const goTo = (time) => {
    const index = Math.max(0, lastBefore(chapters.map((each) => each.begin), time));
    load(index, Math.min(time - chapters[index].begin, chapters[index].length));
  };

  const goToSentence = (sentence) => {
    const index = chapters.findIndex((each) => each.sentences.includes(sentence));
    if (index >= 0) load(index, Number(sentence.dataset.begin));
  };

  const isSeen = (element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < find(".player").getBoundingClientRect().top;
  };

  const mark = (sentence) => {
    if (sentence === now) return;
    const follow = !now || isSeen(now);
    if (now) {
      now.classList.remove("now");
      now.removeAttribute("aria-current");
      now.tabIndex = -1;
    }
    now = sentence;
    if (!now) return;
    now.classList.add("now");
    now.setAttribute("aria-current", "true");
    now.tabIndex = 0;
    if (follow && !isWholeSeen(now)) now.scrollIntoView({ block: "center" });
    remember();
  };

  const isWholeSeen = (element) => {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= find(".player").getBoundingClientRect().top;
  };

  const show = () => {
    const chapter = chapters[at];
    const index = lastBefore(chapter.begins, audio.currentTime);
    mark(chapter.sentences[Math.max(0, index)]);
    const time = chapter.begin + audio.currentTime;
    slider.value = time;
    const text = `${told(time)} از ${told(whole)}`;
    slider.setAttribute("aria-valuetext", text);
    clock.textContent = text;
    links.forEach((link) => {
      if (link.hash === `#${chapter.section.id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  };

  const toggle = () => (audio.paused ? audio.play() : audio.pause());

  const step = (by) => {
    const sentences = chapters.flatMap((each) => each.sentences);
    const next = sentences[sentences.indexOf(now) + by];
    if (next) goToSentence(next);
  };

  const stepChapter = (by) => {
    const index = Math.min(Math.max(at + by, 0), chapters.length - 1);
    load(index, 0);
  };

  const follow = () => {
    if (audio.paused) return;
    show();
    requestAnimationFrame(follow);
  };

  audio.addEventListener("play", () => {
    play.setAttribute("aria-pressed", "true");
    follow();
  });
  audio.addEventListener("pause", () => {
    play.setAttribute("aria-pressed", "false");
    remember();
  });
  audio.addEventListener("seeked", show);
  // A page in the background draws no frames.
  audio.addEventListener("timeupdate", show);
  audio.addEventListener("ended", () => {
    if (at + 1 === chapters.length) return;
    load(at + 1, 0);
    audio.play();
  });

  play.addEventListener("click", toggle);
  find("#sentence-back").addEventListener("click", () => step(-1));
  find("#sentence-on").addEventListener("click", () => step(1));
  find("#chapter-back").addEventListener("click", () => stepChapter(-1));
  find("#chapter-on").addEventListener("click", () => stepChapter(1));
  slider.addEventListener("input", () => goTo(Number(slider.value)));
  speed.addEventListener("change", () => {
    audio.defaultPlaybackRate = audio.playbackRate = Number(speed.value);
    remember();
  });
  theme.addEventListener("change", () => {
    document.documentElement.dataset.theme = theme.value;
    remember();
  });

  links.forEach((link) =>
    link.addEventListener("click", () => {
      const index = chapters.findIndex((each) => link.hash === `#${each.section.id}`);
      load(index, 0);
      audio.play();
    }),
  );

  find("main").addEventListener("click", (event) => {
    const sentence = event.target.closest("[data-begin]");
    if (!sentence || !getSelection().isCollapsed) return;
    goToSentence(sentence);
    audio.play();
  });

  find("main").addEventListener("keydown", (event) => {
    const sentence = event.target.closest("[data-begin]");
    if (!sentence || event.altKey || event.ctrlKey || event.metaKey) return;
    const by = { ArrowDown: 1, ArrowLeft: 1, ArrowUp: -1, ArrowRight: -1 }[event.key];
    if (by) {
      event.preventDefault();
      const sentences = chapters.flatMap((each) => each.sentences);
      const next = sentences[sentences.indexOf(sentence) + by];
      if (next) {
        next.tabIndex = -1;
        next.focus();
      }
    } else if (event.key === "Enter") {
      goToSentence(sentence);
      audio.play();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.target.closest("button, input, select, summary, a")) return;
    event.preventDefault();
    toggle();
  });

  if ("mediaSession" in navigator) {
    const session = navigator.mediaSession;
    session.metadata = new MediaMetadata({ title: document.title });
    session.setActionHandler("previoustrack", () => stepChapter(-1));
    session.setActionHandler("nexttrack", () => stepChapter(1));
  }
  addEventListener("pagehide", remember);

  const before = remembered();
  if ([...speed.options].some((each) => each.value === before.speed)) speed.value = before.speed;
  if ([...theme.options].some((each) => each.value === before.theme)) theme.value = before.theme;
  document.documentElement.dataset.theme = theme.value;
  audio.defaultPlaybackRate = Number(speed.value);
  find("nav details").open = matchMedia("(min-width: 80rem)").matches;
  find(".player").hidden = false;
  const linked = location.hash && document.getElementById(location.hash.slice(1));
  const kept = before.sentence && document.getElementById(before.sentence);
  const first = [linked, kept].find((each) => each && each.closest("section[data-sound]"));
  if (first) goToSentence(first.matches("[data-begin]") ? first : first.querySelector("[data-begin]"));
  else load(0, 0);
})();
