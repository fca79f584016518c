// The read-along page: plays the chapters, shows the sentence that sounds, remembers the place.
"use strict";

(() => {
  const find = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  const sound = find("#sound");
  const [play, slider, clock] = [find("#play"), find("#place"), find("#clock")];
  const [speed, theme] = [find("#speed"), find("#theme")];
  const links = all("nav a");
  const chapters = all("section[data-sound]").map((section) => {
    const sentences = [...section.querySelectorAll("[data-begin]")];
    return {
      section,
      sentences,
      begins: sentences.map((each) => Number(each.dataset.begin)),
      begin: Number(section.dataset.from),
      length: Number(section.dataset.length),
      link: links.find((link) => link.hash === `#${section.id}`),
    };
  });
  const order = chapters.flatMap((each) => each.sentences);
  const chapterOf = (element) => {
    const section = element.closest("section[data-sound]");
    return chapters.findIndex((each) => each.section === section);
  };
  const whole = Number(slider.max);
  const shelf = `narrate ${document.documentElement.dataset.book}`;

  let at = -1; // the chapter that is loaded
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
  let written = "";
  // Only what changed here: another tab may know a later place.
  const remember = () => {
    const place = { sentence: now && now.id, speed: speed.value, theme: theme.value };
    if (written === JSON.stringify(place)) return;
    written = JSON.stringify(place);
    try {
      localStorage.setItem(shelf, written);
    } catch {
      // A browser that keeps nothing still plays.
    }
  };

  // A chapter that is left while it begins to play is no error.
  const start = () => sound.play().catch(() => {});

  // `how` a sentence that is not in view is shown: "go" there, "follow" who reads along, or "stay".
  const load = (index, time, how = "go") => {
    const goesOn = !sound.paused;
    if (index !== at) {
      if (chapters[at]) chapters[at].link.removeAttribute("aria-current");
      at = index;
      chapters[at].link.setAttribute("aria-current", "true");
      find("#trouble").textContent = "";
      sound.src = chapters[at].section.dataset.sound;
      sound.playbackRate = Number(speed.value);
    }
    sound.currentTime = time;
    show(how);
    if (goesOn) start();
  };

  const goTo = (time) => {
    const index = Math.max(0, lastBefore(chapters.map((each) => each.begin), time));
    load(index, Math.min(time - chapters[index].begin, chapters[index].length));
  };

  const goToSentence = (sentence) =>
    load(chapterOf(sentence), Number(sentence.dataset.begin));

  const seen = (element) => {
    const box = element.getBoundingClientRect();
    const end = Math.min(innerHeight, find(".player").getBoundingClientRect().top);
    return { partly: box.bottom > 0 && box.top < end, wholly: box.top >= 0 && box.bottom <= end };
  };

  const mark = (sentence, how) => {
    const follows = how === "follow" && sentence !== now && now && seen(now).partly;
    if ((follows || how === "go") && !seen(sentence).wholly) {
      sentence.scrollIntoView({ block: "center" });
    }
    if (sentence === now) return;
    if (now) {
      now.classList.remove("now");
      now.removeAttribute("aria-current");
      now.removeAttribute("role");
      now.tabIndex = -1;
    }
    now = sentence;
    now.classList.add("now");
    now.setAttribute("aria-current", "true");
    reach(now, 0);
    remember();
  };

  // Who comes to a sentence with the keyboard hears that Enter does something there.
  const reach = (sentence, index) => {
    sentence.setAttribute("role", "button");
    sentence.tabIndex = index;
  };

  const show = (how = "follow") => {
    const chapter = chapters[at];
    const index = lastBefore(chapter.begins, sound.currentTime);
    mark(chapter.sentences[Math.max(0, index)], how);
    const time = chapter.begin + sound.currentTime;
    const text = `${told(time)} از ${told(whole)}`;
    if (text === clock.textContent) return;
    clock.textContent = text;
    slider.value = time;
    slider.setAttribute("aria-valuetext", text);
  };

  const toggle = () => {
    if (!sound.paused) {
      sound.pause();
    } else {
      if (sound.ended) load(0, 0);
      start();
    }
  };

  const step = (by) => {
    const next = order[order.indexOf(now) + by];
    if (next) goToSentence(next);
  };

  const stepChapter = (by) => {
    const index = Math.max(at + by, 0);
    if (chapters[index]) load(index, 0);
  };

  const follow = () => {
    if (sound.paused) return;
    show();
    requestAnimationFrame(follow);
  };

  sound.addEventListener("play", () => {
    play.setAttribute("aria-pressed", "true");
    follow();
  });
  sound.addEventListener("pause", () => {
    play.setAttribute("aria-pressed", "false");
    remember();
  });
  sound.addEventListener("emptied", () => play.setAttribute("aria-pressed", String(!sound.paused)));
  sound.addEventListener("seeked", () => show());
  // A page in the background draws no frames.
  sound.addEventListener("timeupdate", () => show());
  sound.addEventListener("ended", () => {
    if (at + 1 === chapters.length) return;
    load(at + 1, 0, "follow");
    start();
  });

  sound.addEventListener("error", () => {
    find("#trouble").textContent = `پرونده‌ی صدا پیدا نشد: ${sound.getAttribute("src")}`;
  });
  sound.addEventListener("playing", () => {
    find("#trouble").textContent = "";
  });

  play.addEventListener("click", toggle);
  find("#sentence-back").addEventListener("click", () => step(-1));
  find("#sentence-on").addEventListener("click", () => step(1));
  find("#chapter-back").addEventListener("click", () => stepChapter(-1));
  find("#chapter-on").addEventListener("click", () => stepChapter(1));
  slider.addEventListener("input", () => goTo(Number(slider.value)));
  speed.addEventListener("change", () => {
    sound.defaultPlaybackRate = sound.playbackRate = Number(speed.value);
    remember();
  });
  theme.addEventListener("change", () => {
    document.documentElement.dataset.theme = theme.value;
    remember();
  });

  chapters.forEach(({ link }, index) =>
    link.addEventListener("click", () => {
      load(index, 0);
      start();
    }),
  );

  find("main").addEventListener("click", (event) => {
    const sentence = event.target.closest("[data-begin]");
    if (!sentence || !getSelection().isCollapsed) return;
    goToSentence(sentence);
    start();
  });

  find("main").addEventListener("keydown", (event) => {
    const sentence = event.target.closest("[data-begin]");
    if (!sentence || event.altKey || event.ctrlKey || event.metaKey) return;
    const by = { ArrowDown: 1, ArrowLeft: 1, ArrowUp: -1, ArrowRight: -1 }[event.key];
    if (by) {
      event.preventDefault();
      const next = order[order.indexOf(sentence) + by];
      if (next) {
        reach(next, next === now ? 0 : -1);
        if (sentence !== now) sentence.removeAttribute("role");
        next.focus();
      }
    } else if (event.key === "Enter") {
      goToSentence(sentence);
      start();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("button, input, select, summary, a")) return;
    event.preventDefault();
    if (!event.repeat) toggle();
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
  sound.defaultPlaybackRate = Number(speed.value);
  find("nav details").open = matchMedia("(min-width: 80rem)").matches;
  find(".player").hidden = false;
  // A chapter in the address would come before what is remembered, the next time.
  const forget = () => {
    if (location.hash) history.replaceState(null, "", location.href.split("#")[0]);
  };
  addEventListener("hashchange", forget);
  const linked = location.hash && document.getElementById(location.hash.slice(1));
  const kept = before.sentence && document.getElementById(before.sentence);
  const first = [linked, kept].find((each) => each && each.closest("section[data-sound]"));
  // What is linked may be seen and not heard: then it begins with what is heard next.
  const begins = (sentence) =>
    first.contains(sentence) || first.compareDocumentPosition(sentence) & Node.DOCUMENT_POSITION_FOLLOWING;
  if (first) goToSentence(order.find(begins) || order.at(-1));
  else load(0, 0, "stay");
  forget();
})();
