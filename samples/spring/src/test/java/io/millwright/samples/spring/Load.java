package io.millwright.samples.spring;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests by the clock, whether or not the answers keep pace, over kept connections of plain
 * sockets, so that the client takes little of the cores that it shares with the service. Latency
 * counts from when a request was due.
 */
final class Load {

  private static final int CONNECTIONS = 16;

  private final int port;
  private final byte[] request;
  private final int rate;
  private final double[] millis;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  Load(int port, String body, int rate, int seconds) {
    this.port = port;
    this.rate = rate;
    this.millis = new double[rate * seconds];
    this.request =
        ("POST /strength HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)
            .getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends all, waits for the answers and prints. */
  void run(Process service) throws InterruptedException {
    long used = processor(service);
    long own = processor(ProcessHandle.current());
    long begin = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int c = 0; c < CONNECTIONS; c++) {
      Thread thread = new Thread(() -> connection(begin), "load-" + c);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double took = (System.nanoTime() - begin) / 1e9;
    int count = millis.length;
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%d requests at %d a second: %.0f a second, p50 %.1f ms, p99 %.1f ms, longest %.1f ms,"
            + " failed %d; processor time a request %.0f us, of the client %.0f us%n",
        count,
        rate,
        count / took,
        millis[count / 2],
        millis[count * 99 / 100],
        millis[count - 1],
        failed.get(),
        (processor(service) - used) / 1e3 / count,
        (processor(ProcessHandle.current()) - own) / 1e3 / count);
  }

  private static long processor(Process process) {
    return processor(process.toHandle());
  }

  private static long processor(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow().toNanos();
  }

  private void connection(long begin) {
    try {
      int i = next.getAndIncrement();
      while (i < millis.length) {
        // A server ends a connection after some requests, Tomcat after a hundred.
        try (Socket socket = new Socket("localhost", port);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream()) {
          socket.setTcpNoDelay(true);
          boolean goesOn = true;
          while (goesOn && i < millis.length) {
            goesOn = asked(begin, i, in, out);
            i = next.getAndIncrement();
          }
        } catch (IOException e) {
          failed.incrementAndGet();
          i = next.getAndIncrement();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends when it is due and reads the answer; whether the connection goes on. */
  private boolean asked(long begin, int i, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    long due = begin + i * 1_000_000_000L / rate;
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
    }
    out.write(request);
    String status = line(in);
    int length = -1;
    boolean goesOn = true;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      }
      goesOn &= !lower.equals("connection: close");
    }
    if (length >= 0) {
      in.skipNBytes(length);
    } else {
      for (int chunk = size(in); chunk > 0; chunk = size(in)) {
        in.skipNBytes(chunk + 2L);
      }
      line(in);
    }
    millis[i] = (System.nanoTime() - due) / 1e6;
    if (!status.contains(" 200")) {
      failed.incrementAndGet();
    }
    return goesOn;
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in).strip(), 16);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection ended");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
