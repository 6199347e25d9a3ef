package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a delay of each operation costs, and from that about the least that a move can cost, before
 * it is made. One pass against the order hands the price of every job that costs something back
 * along one chain of operations of which each binds the next. A move's touched part of a sequence
 * is then timed by itself, with all that comes from other machines as it is, and every shift is
 * multiplied by its price: later starts are delays for certain, earlier ones are gains at best. It
 * errs where two of these delays meet again on another machine, where a calendar stretches a shift,
 * and with the age of the prices; so it only ever refuses moves, and what is made is measured
 * exactly.
 */
public final class NetWeights {

  /** So many operations of the plan are passed over for one made move before prices are renewed. */
  private static final int OPERATIONS_A_MOVE = 1500;

  /**
   * Below so many operations every move is made and measured, which is as quick: where few share a
   * crew, a move that puts one first is priced with the lateness that it ends.
   */
  static final int JUDGED = 50;

  /** So many operations behind the touched part are timed one by one. */
  private static final int ONE_BY_ONE = 1;

  private final ShopNet net;
  private final Floor floor;
  private final Goal goal;
  private final @Nullable NetStaff staff;
  private final boolean used;

  /** The price of a delay of an operation, and the part of it that is handed on by its job. */
  private final double[] all;

  private final double[] byJob;
  private boolean fresh;
  private int made;
  private int moved;

  /** Where in the order the moved operation would stand. */
  private int position;

  /** When it would end. */
  private long until;

  private double gain;
  private double least;

  NetWeights(ShopNet net, @Nullable NetStaff staff) {
    this.net = net;
    this.staff = staff;
    floor = net.floor;
    goal = net.goal;
    used = !goal.keeps();
    all = new double[floor.n];
    byJob = new double[floor.n];
  }

  /** Notes that another plan was loaded. */
  void stale() {
    fresh = false;
  }

  /** Notes that a move was made. */
  void changed() {
    if (++made * OPERATIONS_A_MOVE >= floor.n) {
      fresh = false;
    }
  }

  /** Whether there are prices; renews them when they are too old. */
  boolean usable() {
    if (used && !fresh) {
      renew();
    }
    return used;
  }

  /** Whether moves are refused unmade by what they are judged to cost. */
  boolean judges() {
    return floor.n >= JUDGED && usable();
  }

  /** The price of a delay of an operation by one tick. */
  double of(int x) {
    return all[x];
  }

  /** The most that the last judged move can gain. */
  double gain() {
    return gain;
  }

  private void renew() {
    fresh = true;
    made = 0;
    for (int x = 0; x < floor.n; x++) {
      byJob[x] = 0;
      all[x] = 0;
    }
    boolean latest = goal.makespan > 0;
    for (int j = 0; j < floor.jobs; j++) {
      if (net.leftOut(j)) {
        continue;
      }
      double price = goal.flow * floor.weight[j];
      if (goal.tardiness > 0 && net.jobEnd[j] > floor.due[j]) {
        price += goal.tardiness * floor.weight[j];
      }
      if (latest && net.jobEnd[j] == net.makespan()) {
        price += goal.makespan;
        latest = false;
      }
      if (price > 0) {
        int[] sinks = floor.sinks[j];
        int last = sinks[0];
        for (int x : sinks) {
          last = net.end[x] > net.end[last] ? x : last;
        }
        byJob[last] += price;
      }
    }
    // Until an operation is passed, all holds what its machine hands back.
    for (int i = floor.n - 1; i >= 0; i--) {
      int x = net.order[i];
      double price = all[x] + byJob[x];
      all[x] = price;
      if (price == 0) {
        continue;
      }
      int binding = net.binding[x];
      if ((binding & ShopNet.BY_JOB) != 0) {
        int y = net.jobBefore(x);
        if (y >= 0 && (floor.waits.any || net.end[y] >= floor.release[x])) {
          byJob[y] += price;
          continue;
        }
      }
      if (binding == ShopNet.BY_STAFF) {
        int y = net.staffBinder(x);
        if (y >= 0) {
          byJob[y] += price;
        }
      } else if (binding == ShopNet.BY_MACHINE && net.index[x] > 0) {
        all[net.machineBefore(x)] += price;
      }
    }
  }

  /**
   * About the least by which a move changes the cost.
   *
   * @param ahead the operation it comes before at the staff, or -1
   */
  double least(int x, int alt, int place, int ahead) {
    gain = 0;
    least = 0;
    moved = x;
    if (staff == null) {
      touch(x, alt, place);
      return least;
    }
    position = position(x, floor.altMachine[alt], place, ahead);
    touch(x, alt, place);
    moved = -1;
    for (int i = 0; i < staff.waiting(); i++) {
      push(staff.waits(i), until);
    }
    return least;
  }

  /** Times and prices the touched part of a sequence, and what stands behind it. */
  private void touch(int x, int alt, int place) {
    int m = net.machine[x];
    int to = floor.altMachine[alt];
    int[] s = net.sequence[to];
    int at = net.index[x];
    if (to != m) {
      int y = net.machineBefore(x);
      rest(net.machineBehind(x), end(y), family(m, y));
      y = place == 0 ? -1 : s[place - 1];
      retime(x, alt, end(y), family(to, y));
      long end = net.newEnd;
      int family = net.newCarry;
      shift(x, end);
      rest(place < net.length[to] ? s[place] : -1, end, family);
      return;
    }
    int from = Math.min(at, place);
    int y = from == 0 ? -1 : s[from - 1];
    long end = end(y);
    int family = family(to, y);
    int until = Math.max(at, place);
    for (int i = from; i <= until; i++) {
      int z = i == place ? x : s[place < at ? i - 1 : i + 1];
      retime(z, z == x ? alt : net.alternative[z], end, family);
      end = net.newEnd;
      family = net.newCarry;
      shift(z, end);
    }
    rest(until + 1 < net.length[to] ? s[until + 1] : -1, end, family);
  }

  /** About where in the order an operation stands behind a move. */
  private int position(int x, int m, int place, int ahead) {
    int own = net.position(x);
    if (ahead >= 0) {
      return Math.min(own, net.position(ahead));
    }
    int[] s = net.sequence[m];
    boolean stays = m == net.machine[x];
    int from = stays ? net.index[x] : Integer.MAX_VALUE;
    int length = stays ? net.length[m] - 1 : net.length[m];
    if (place > 0) {
      int before = net.position(s[place - 1 < from ? place - 1 : place]);
      if (before > own) {
        return before + 1;
      }
    }
    return place < length ? Math.min(own, net.position(s[place < from ? place : place + 1])) : own;
  }

  /** Times what stands behind the touched part, some of it one by one, the rest as a whole. */
  private void rest(int first, long free, int set) {
    long end = free;
    int family = set;
    int z = first;
    for (int i = 0; z >= 0; i++) {
      retime(z, net.alternative[z], end, family);
      if (net.newEnd == net.end[z] && net.newCarry == net.carry[z]) {
        return;
      }
      end = net.newEnd;
      family = net.newCarry;
      if (i == ONE_BY_ONE) {
        price((end - net.end[z]) * all[z]);
        return;
      }
      shift(z, end);
      z = net.machineBehind(z);
    }
  }

  /** Prices another end of an operation, its successor on the machine left out. */
  private void shift(int z, long end) {
    long by = end - net.end[z];
    double value = by * byJob[z];
    if (by > 0) {
      int[] behind = floor.behind[z];
      if (floor.sink[z]) {
        int j = floor.jobOf[z];
        if (net.jobEnd[j] <= floor.due[j] && end > floor.due[j]) {
          value += goal.tardiness * floor.weight[j] * (end - floor.due[j]);
        }
      } else {
        for (int y : behind) {
          // What the machine lets begin later than the job can wait for a while, not for ever.
          if (end > net.start[y] && (net.binding[y] & ShopNet.BY_JOB) == 0) {
            value += (end - net.start[y]) * all[y];
          }
        }
      }
    }
    if (by > 0 && staff != null) {
      value += staff.pushed(z, end, all);
    }
    price(value);
  }

  private void price(double value) {
    least += value;
    if (value < 0) {
      gain -= value;
    }
  }

  private long end(int y) {
    return y < 0 ? ShopNet.NOTHING_BEFORE : net.end[y];
  }

  private int family(int m, int y) {
    return y < 0 ? floor.firstFamily[m] : net.carry[y];
  }

  private void retime(int x, int alt, long free, int family) {
    if (x == moved) {
      long ready = net.ready(x, floor.altMachine[alt]);
      net.time(x, alt, free, family, ready);
      if (staff != null) {
        restaff(x, alt, free, family, ready);
      }
    } else {
      // What stays keeps its staff.
      net.time(x, alt, free, family, net.readyWithStaff(x));
    }
    least += goal.setup * (net.newSetup - net.setup[x]);
  }

  /** Times what moves with the staff it would take. */
  private void restaff(int x, int alt, long free, int family, long ready) {
    NetStaff people = Objects.requireNonNull(staff);
    long staffed = people.tryOn(x, alt, position, net.newStart, net.newEnd);
    if (staffed > ready) {
      net.time(x, alt, free, family, staffed);
    }
    until = net.newEnd;
  }

  /** Prices an operation that begins no sooner than another lets its staff go. */
  private void push(int y, long until) {
    if (until <= net.start[y]) {
      return;
    }
    int before = net.machineBefore(y);
    net.time(
        y,
        net.alternative[y],
        end(before),
        family(net.machine[y], before),
        Math.max(until, net.ready(y)));
    if (net.newEnd > net.end[y]) {
      long end = net.newEnd;
      int carry = net.newCarry;
      shift(y, end);
      rest(net.machineBehind(y), end, carry);
    }
  }
}
