package io.millwright.vectors.internal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an index knows of its lists (inverted file, Jégou and others 2011).
 *
 * @param rows their centres, of length one, padded
 * @param sizes how many vectors each has
 * @param order the place of each vector by its position, list after list
 * @param least the least cosine of a member with the centre of its list
 * @param efforts how many vectors a search compares, for queries ever farther from all centres
 */
record Lists(float[][] rows, int[] sizes, int[] order, float[] least, List<Effort> efforts) {

  private static final int MOST_EFFORTS = 64;

  /**
   * How many vectors are compared.
   *
   * @param cosine for queries of this cosine or more with the nearest centre
   * @param ten for ten neighbours
   * @param hundred for a hundred
   */
  record Effort(float cosine, int ten, int hundred) {}

  void write(DataOutputStream out) throws IOException {
    out.writeInt(sizes.length);
    out.writeInt(efforts.size());
    for (Effort effort : efforts) {
      out.writeFloat(effort.cosine);
      out.writeInt(effort.ten);
      out.writeInt(effort.hundred);
    }
    for (int i = 0; i < sizes.length; i++) {
      out.writeInt(sizes[i]);
      out.writeFloat(least[i]);
      for (float v : rows[i]) {
        out.writeFloat(v);
      }
    }
    for (int place : order) {
      out.writeInt(place);
    }
  }

  static Lists read(DataInputStream in, int count, int numbers) throws IOException {
    int lists = in.readInt();
    if (lists < 1 || lists > Clustering.lists(count)) {
      throw new IOException(lists + " lists of " + count + " vectors");
    }
    int levels = in.readInt();
    if (levels < 1 || levels > MOST_EFFORTS) {
      throw new IOException(levels + " efforts");
    }
    List<Effort> efforts = new ArrayList<>();
    for (int i = 0; i < levels; i++) {
      efforts.add(new Effort(in.readFloat(), in.readInt(), in.readInt()));
    }
    float[][] rows = new float[lists][numbers];
    int[] sizes = new int[lists];
    float[] least = new float[lists];
    long sum = 0;
    for (int i = 0; i < lists; i++) {
      sizes[i] = in.readInt();
      least[i] = in.readFloat();
      sum += sizes[i];
      if (sizes[i] < 0 || sum > count) {
        throw new IOException("a list of " + sizes[i] + " vectors");
      }
      for (int d = 0; d < numbers; d++) {
        rows[i][d] = in.readFloat();
      }
    }
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = in.readInt();
      if (order[i] < 0 || order[i] >= count) {
        throw new IOException("a vector at place " + order[i]);
      }
    }
    if (sum != count || in.read() >= 0) {
      throw new IOException(sum + " vectors in lists, not " + count);
    }
    return new Lists(rows, sizes, order, least, efforts);
  }

  /**
   * How many vectors a search compares.
   *
   * @param wanted neighbours
   * @param nearest the cosine of the query with the nearest centre
   */
  int effort(int wanted, float nearest) {
    Effort effort = efforts.get(efforts.size() - 1);
    for (int i = efforts.size() - 2; i >= 0 && nearest >= efforts.get(i).cosine; i--) {
      effort = efforts.get(i);
    }
    if (wanted <= 10) {
      return effort.ten;
    }
    if (wanted >= 100) {
      return (int) Math.min(order.length, (long) effort.hundred * wanted / 100);
    }
    double share = Math.log10(wanted / 10.0);
    return (int) Math.ceil(effort.ten + share * (effort.hundred - effort.ten));
  }
}
