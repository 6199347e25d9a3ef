package io.millwright.quality;

import io.millwright.api.data.Image;
import java.util.ArrayDeque;
import java.util.Deque;

/** Connected regions of a mask, corners count as connections. */
final class Regions {

  private Regions() {}

  /** For each pixel the number of its region, from 1; 0 where the mask is black. */
  static int[] of(Image mask) {
    int width = mask.width();
    int[] number = new int[width * mask.height()];
    int count = 0;
    Deque<Integer> open = new ArrayDeque<>();
    for (int start = 0; start < number.length; start++) {
      if (number[start] > 0 || mask.value(start % width, start / width, 0) == 0) {
        continue;
      }
      number[start] = ++count;
      open.push(start);
      while (!open.isEmpty()) {
        int at = open.pop();
        for (int n = 0; n < 9; n++) {
          int x = at % width + n % 3 - 1;
          int y = at / width + n / 3 - 1;
          if (x >= 0
              && y >= 0
              && x < width
              && y < mask.height()
              && number[y * width + x] == 0
              && mask.value(x, y, 0) > 0) {
            number[y * width + x] = count;
            open.push(y * width + x);
          }
        }
      }
    }
    return number;
  }
}
