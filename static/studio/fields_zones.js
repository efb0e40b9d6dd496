// How places lie on a picture at a kiosk. Pure: sizes in CSS px, places in per cent of the picture.

export const FINGER = 76;
export const NEAREST = 12;  // Per cent between two places, as a module may be published.
export const [FIRST, LAST] = [3, 97];  // Per cent: nearer to the edge half of a place would be cut off.

// The size at which a kiosk shows a picture: as large as it is, or as there is room.
export function onKiosk({ width, height }, [roomWide, roomHigh]) {
  const scale = Math.min(1, roomWide / width, roomHigh / height);
  return { width: width * scale, height: height * scale };
}

export const [SMALLEST, LARGEST] = [5, 60];  // Per cent of the picture's width.

const asSaid = (picture, room, size) => (size > 0 ? (size / 100) * onKiosk(picture, room).width : FINGER);

// How wide a place is where it can be touched: as its author says, and never less than a finger.
const across = (picture, room, size) => Math.max(FINGER, asSaid(picture, room, size));

// The same as a share of the picture's width.
export const share = (picture, room, size) => across(picture, room, size) / onKiosk(picture, room).width;

// Those that look smaller than a finger in the smallest of the rooms.
export const small = (places, picture, rooms) => places.filter(({ size }) => rooms.some(room => asSaid(picture, room, size) < FINGER));

// A size between the least and the most, in whole per cent; none for what a finger needs anyway.
export function sized(value, picture, room) {
  const size = Math.round(Math.min(LARGEST, Math.max(SMALLEST, value)));
  return size <= share(picture, room) * 100 ? null : size;
}

// The pairs of places that are too close to be published, and those that lie over each other in the smallest of the rooms.
export function crowded(places, picture, rooms) {
  const near = [], over = [];
  places.forEach((one, at) => places.slice(at + 1).forEach((other, after) => {
    const pair = [at, at + 1 + after], [dx, dy] = [Math.abs(one.x - other.x), Math.abs(one.y - other.y)];
    if (Math.max(dx, dy) < NEAREST) near.push(pair);
    else if (rooms.some(room => {
      const { width, height } = onKiosk(picture, room);
      return Math.hypot(dx * width, dy * height) / 100 < (across(picture, room, one.size) + across(picture, room, other.size)) / 2;
    })) over.push(pair);
  }));
  return { near, over };
}

// A place within the picture, to a tenth of a per cent.
export const within = value => Math.round(Math.min(LAST, Math.max(FIRST, value)) * 10) / 10;
