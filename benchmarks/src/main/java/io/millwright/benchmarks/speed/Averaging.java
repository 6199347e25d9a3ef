package io.millwright.benchmarks.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Locale;

/**
 * From what size training one network by several processes would pay (data parallelism): what
 * averaging the gradients of two workers costs over a socket of this machine, measured, and what a
 * ring of N workers would cost on networks of a given bandwidth and latency, computed (each sends
 * and receives 2 (N - 1) / N of the gradients in 2 (N - 1) messages; Patarasuk and Yuan 2009). A
 * batch is divided evenly, and dividing it costs nothing else, which favours the workers. Arguments
 * in triples: a name, how many weights, milliseconds of a step on one core.
 */
public final class Averaging {

  private static final double FLOATS = 2e7;

  private Averaging() {}

  /** Measures, computes and prints. */
  @SuppressWarnings("SystemOut") // a program
  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.println("name, weights, ms a step: loopback measured; gain by N workers");
    for (int a = 0; a + 2 < args.length; a += 3) {
      int weights = Integer.parseInt(args[a + 1]);
      double step = Double.parseDouble(args[a + 2]) / 1e3;
      double here = exchange(weights);
      System.out.printf(
          Locale.ROOT,
          "%s, %d, %.3f: averaging two takes %.3f ms here, gain %.2f%n",
          args[a],
          weights,
          step * 1e3,
          here * 1e3,
          step / (step / 2 + here));
      for (double[] net : new double[][] {{1e9, 50e-6}, {10e9, 20e-6}, {100e9, 5e-6}}) {
        StringBuilder line = new StringBuilder();
        for (int workers : new int[] {2, 4, 8}) {
          double cost = ring(weights, workers, net[0], net[1]);
          line.append(
              String.format(
                  Locale.ROOT, "  %d workers gain %.2f", workers, step / (step / workers + cost)));
        }
        // Half of what the second worker could bring is left from here on.
        double least = 6 * ring(weights, 2, net[0], net[1]);
        System.out.printf(
            Locale.ROOT,
            "  %.0f Gbit/s:%s; two gain 1.5 from %.2f ms a step on%n",
            net[0] / 1e9,
            line,
            least * 1e3);
      }
    }
  }

  private static double ring(int weights, int workers, double bits, double latency) {
    double share = 2.0 * (workers - 1) / workers;
    return share * weights * Float.BYTES * 8 / bits + 2 * (workers - 1) * latency;
  }

  /** Seconds in which two workers have the mean of their gradients; the median of the rounds. */
  private static double exchange(int weights) throws IOException, InterruptedException {
    try (ServerSocketChannel door = ServerSocketChannel.open()) {
      door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Thread other =
          new Thread(
              () -> {
                try (SocketChannel channel = SocketChannel.open(door.getLocalAddress())) {
                  rounds(channel, weights, 3, 1);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      other.start();
      double[] seconds;
      try (SocketChannel channel = door.accept()) {
        seconds = rounds(channel, weights, 1, 2);
      }
      other.join();
      Arrays.sort(seconds);
      return seconds[seconds.length / 2];
    }
  }

  /** Hands one half over and takes the other, then hands the mean of its own half over. */
  private static double[] rounds(SocketChannel channel, int weights, float own, float wanted)
      throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    boolean first = wanted == 2;
    int half = weights / 2;
    float[] gradients = new float[weights];
    ByteBuffer bytes =
        ByteBuffer.allocateDirect((weights - half) * Float.BYTES).order(ByteOrder.nativeOrder());
    double[] seconds = new double[(int) Math.max(11, Math.min(201, FLOATS / weights))];
    for (int r = 0; r < seconds.length; r++) {
      Arrays.fill(gradients, own);
      long begun = System.nanoTime();
      int from = first ? 0 : half;
      int to = first ? half : weights;
      // The half of the other goes out, the own one comes in and is averaged; then the means.
      swap(
          channel,
          bytes,
          gradients,
          first ? half : 0,
          first ? weights : half,
          from,
          to,
          first,
          true);
      swap(
          channel,
          bytes,
          gradients,
          from,
          to,
          first ? half : 0,
          first ? weights : half,
          first,
          false);
      seconds[r] = (System.nanoTime() - begun) / 1e9;
      if (gradients[0] != 2 || gradients[weights - 1] != 2) {
        throw new IllegalStateException(gradients[0] + " is not the mean of 1 and 3");
      }
    }
    return seconds;
  }

  private static void swap(
      SocketChannel channel,
      ByteBuffer bytes,
      float[] gradients,
      int outFrom,
      int outTo,
      int inFrom,
      int inTo,
      boolean first,
      boolean mean)
      throws IOException {
    for (int turn = 0; turn < 2; turn++) {
      if (first == (turn == 0)) {
        bytes.clear().limit((outTo - outFrom) * Float.BYTES);
        bytes.asFloatBuffer().put(gradients, outFrom, outTo - outFrom);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } else {
        bytes.clear().limit((inTo - inFrom) * Float.BYTES);
        while (bytes.hasRemaining()) {
          if (channel.read(bytes) < 0) {
            throw new IOException("the other worker ended");
          }
        }
        FloatBuffer in = bytes.flip().asFloatBuffer();
        for (int i = inFrom; i < inTo; i++) {
          float got = in.get();
          gradients[i] = mean ? (gradients[i] + got) / 2 : got;
        }
      }
    }
  }
}
