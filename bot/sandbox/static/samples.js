// Things to send without looking for a file: three pictures drawn here, and a voice message.

export const PICTURES = [
  {key: "lamp", label: "چراغ خاموش", title: "Sample: a dark street lamp", draw: lamp},
  {key: "hole", label: "چالهٔ خیابان", title: "Sample: a hole in the road", draw: hole},
  {key: "bin", label: "سطل پر", title: "Sample: an overfull bin", draw: bin},
];

// A JPEG of 1280 × 960 pixels, as a phone would send it.
export async function picture(sample) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [1280, 960];
  sample.draw(canvas.getContext("2d"));
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
}

function shade(pen, top, bottom, from = 0, to = 960) {
  const colours = pen.createLinearGradient(0, from, 0, to);
  colours.addColorStop(0, top);
  colours.addColorStop(1, bottom);
  pen.fillStyle = colours;
  pen.fillRect(0, from, 1280, to - from);
}

function shape(pen, colour, points) {
  pen.fillStyle = colour;
  pen.beginPath();
  points.forEach(([x, y]) => pen.lineTo(x, y));
  pen.fill();
}

function oval(pen, colour, x, y, width, height) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.ellipse(x, y, width, height, 0, 0, 2 * Math.PI);
  pen.fill();
}

function lamp(pen) {
  shade(pen, "#0b1330", "#31365c", 0, 720);
  for (let n = 0; n < 70; n++) oval(pen, "rgba(255,255,255,.7)", (n * 397) % 1280, (n * 211) % 420, 1.6, 1.6);
  [[0, 430, 250], [230, 360, 190], [900, 400, 210], [1090, 330, 200]].forEach(([x, y, wide], house) => {
    shape(pen, "#151a36", [[x, 960], [x, y], [x + wide, y], [x + wide, 960]]);
    for (let row = 0; row < 4; row++) {
      pen.fillStyle = (row + house) % 3 ? "#232950" : "#e5b95c";
      pen.fillRect(x + 40 + (row % 2) * 80, y + 50 + row * 75, 42, 44);
    }
  });
  shade(pen, "#1c1f33", "#0d0f1c", 720, 960);
  shape(pen, "#3b3f57", [[0, 800], [1280, 740], [1280, 752], [0, 815]]);
  pen.strokeStyle = "#5b6079";
  pen.lineWidth = 20;
  pen.beginPath();
  pen.moveTo(640, 850);
  pen.lineTo(640, 250);
  pen.quadraticCurveTo(640, 170, 740, 170);
  pen.lineTo(800, 172);
  pen.stroke();
  shape(pen, "#6d728c", [[770, 150], [880, 172], [880, 196], [770, 190]]);
  oval(pen, "#22263f", 828, 196, 46, 13);
}

function hole(pen) {
  shade(pen, "#8b8f94", "#5d6166");
  for (let n = 0; n < 900; n++) oval(pen, n % 2 ? "rgba(0,0,0,.13)" : "rgba(255,255,255,.11)", (n * 577) % 1280, (n * 353) % 960, 3, 2);
  shape(pen, "#d9d4b8", [[120, 0], [165, 0], [330, 960], [240, 960]]);
  oval(pen, "#4a4440", 690, 560, 340, 195);
  oval(pen, "#2d2825", 700, 580, 300, 160);
  oval(pen, "#171412", 715, 605, 235, 110);
  oval(pen, "#5f7688", 720, 640, 150, 46);
  oval(pen, "rgba(255,255,255,.35)", 680, 630, 60, 12);
  [[330, 470], [400, 700], [1010, 470], [1040, 640], [620, 360], [860, 745]].forEach(([x, y], n) => oval(pen, "#6b655f", x, y, 30 + n * 3, 18));
  pen.strokeStyle = "#3c3936";
  pen.lineWidth = 5;
  [[[360, 500], [230, 420], [200, 330]], [[1010, 520], [1130, 470], [1230, 490]], [[650, 370], [690, 250], [650, 140]]].forEach((crack) => {
    pen.beginPath();
    crack.forEach(([x, y]) => pen.lineTo(x, y));
    pen.stroke();
  });
}

function bin(pen) {
  shade(pen, "#c7dcec", "#eef3f5", 0, 600);
  shade(pen, "#b9b2a6", "#8f897f", 600, 960);
  shape(pen, "#d8c7ac", [[0, 620], [0, 150], [520, 190], [520, 620]]);
  pen.fillStyle = "#9cb7c9";
  [[80, 250], [290, 265]].forEach(([x, y]) => pen.fillRect(x, y, 120, 150));
  oval(pen, "rgba(0,0,0,.25)", 720, 850, 330, 40);
  shape(pen, "#1f7a4a", [[480, 430], [960, 430], [910, 840], [530, 840]]);
  shape(pen, "#17613a", [[460, 400], [980, 400], [980, 450], [460, 450]]);
  [["#24262b", 560, 380, 95, 85], ["#e9e6df", 690, 350, 90, 75], ["#2d4f7c", 800, 375, 85, 80], ["#24262b", 900, 390, 75, 65], ["#d9a441", 630, 310, 60, 50], ["#24262b", 400, 800, 95, 75], ["#e9e6df", 1050, 810, 85, 60]].forEach(([colour, ...place]) => oval(pen, colour, ...place));
  shape(pen, "#c9824a", [[980, 720], [1090, 700], [1110, 770], [1000, 790]]);
  oval(pen, "#222", 570, 850, 34, 34);
  oval(pen, "#222", 870, 850, 34, 34);
}

// A real Ogg Opus file of silence, `seconds` long: the container is written here, page by page.
export function voice(seconds) {
  const head = [..."OpusHead"].map(code).concat([1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0]);
  const tags = [..."OpusTags"].map(code).concat([4, 0, 0, 0], [..."demo"].map(code), [0, 0, 0, 0]);
  const pages = [ogg(0, 2, 0, [head]), ogg(1, 0, 0, [tags])];
  for (let second = 1; second <= seconds; second++) {
    const frames = Array.from({length: 50}, () => [0xf8, 0xff, 0xfe]);  // 20 ms of silence each
    pages.push(ogg(second + 1, second === seconds ? 4 : 0, second * 48000, frames));
  }
  return new Blob(pages, {type: "audio/ogg"});
}

const code = (letter) => letter.charCodeAt(0);
const four = (value) => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255];

function ogg(number, flags, granule, packets) {
  const sizes = packets.map((packet) => packet.length);
  const bytes = [..."OggS"].map(code).concat([0, flags], four(granule), [0, 0, 0, 0], four(137), four(number), [0, 0, 0, 0]);
  const page = new Uint8Array(bytes.concat([packets.length], sizes, packets.flat()));
  page.set(four(crc(page)), 22);
  return page;
}

function crc(bytes) {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
}
