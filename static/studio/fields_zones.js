// How places lie on a picture at a kiosk. Pure: sizes in CSS px, places in per cent of the picture.

export const FINGER = 76;
export const NEAREST = 12;  // Per cent between two places, as a module may be published.
export const [FIRST, LAST] = [3, 97];  // Per cent: nearer to the edge half of a place would be cut off.

// The size at which a kiosk shows a picture: as large as it is, or as there is room.
export function onKiosk({ width, height }, [roomWide, roomHigh]) {
  const scale = Math.min(1, roomWide / width, roomHigh / height);
  return { width: width * scale, height: height * scale };
}

// How wide a place is, as a share of the picture's width.
export const share = (picture, room) => FINGER / onKiosk(picture, room).width;

// The pairs of places that are too close to be published, and those that lie over each other in the smallest of the rooms.
export function crowded(places, picture, rooms) {
  const near = [], over = [];
  places.forEach((one, at) => places.slice(at + 1).forEach((other, after) => {
    const pair = [at, at + 1 + after], [dx, dy] = [Math.abs(one.x - other.x), Math.abs(one.y - other.y)];
    if (Math.max(dx, dy) < NEAREST) near.push(pair);
    else if (rooms.some(room => {
      const { width, height } = onKiosk(picture, room);
      return Math.hypot(dx * width, dy * height) / 100 < FINGER;
    })) over.push(pair);
  }));
  return { near, over };
}

// A place within the picture, to a tenth of a per cent.
export const within = value => Math.round(Math.min(LAST, Math.max(FIRST, value)) * 10) / 10;
