package io.millwright.connect.opcua;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.HashedWheelTimer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of one connection, so that none is left when it is closed. */
final class OpcUaWires {

  private static final Logger LOG = LoggerFactory.getLogger(OpcUaWires.class);

  private final ExecutorService workers;
  private final ScheduledExecutorService timer;
  private final NioEventLoopGroup network;
  private final HashedWheelTimer wheel;

  OpcUaWires(String name) {
    ThreadFactory threads =
        task -> {
          Thread thread = new Thread(task, "opcua-signals-" + name);
          thread.setDaemon(true);
          thread.setUncaughtExceptionHandler(
              (where, e) -> LOG.debug("{} ended while the connection closes", where, e));
          return thread;
        };
    workers = Executors.newCachedThreadPool(threads);
    timer = Executors.newSingleThreadScheduledExecutor(threads);
    network = new NioEventLoopGroup(1, threads);
    wheel = new HashedWheelTimer(threads);
  }

  /** Puts the client on these threads. */
  void carry(OpcTcpClientTransportConfigBuilder transport) {
    transport.setExecutor(workers);
    transport.setScheduledExecutor(timer);
    transport.setEventLoop(network);
    transport.setWheelTimer(wheel);
  }

  ExecutorService workers() {
    return workers;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  /** Ends a connection, as far as there is one, and then the threads. */
  void end(@Nullable OpcUaClient client, @Nullable OpcUaKeys keys) {
    if (client != null) {
      try {
        client.disconnectAsync().get(5, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        LOG.debug("the connection was gone already", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (keys != null) {
      keys.close();
    }
    network.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5_000);
    wheel.stop();
    timer.shutdownNow();
    workers.shutdownNow();
    try {
      if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("a thread of the connection does not end: is the receiver of its feed stuck?");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
