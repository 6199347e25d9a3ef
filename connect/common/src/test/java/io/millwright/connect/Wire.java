package io.millwright.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A wire to a port of this machine that can be cut; what comes next gets a new one. For the tests
 * of all connectors.
 */
public final class Wire implements AutoCloseable {

  private final ServerSocket entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /** Lays a wire to a port. */
  public Wire(int to) throws IOException {
    start(
        () -> {
          while (true) {
            Socket from = entry.accept();
            Socket there = new Socket(InetAddress.getLoopbackAddress(), to);
            open.add(from);
            open.add(there);
            start(() -> copy(from, there));
            start(() -> copy(there, from));
          }
        });
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The wire is cut.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void copy(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    }
  }

  /** Where to connect. */
  public int port() {
    return entry.getLocalPort();
  }

  /** Cuts all connections. */
  public void cut() throws IOException {
    for (Socket socket : List.copyOf(open)) {
      open.remove(socket);
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    entry.close();
    cut();
  }
}
