package io.millwright.benchmarks.speed;

import com.sun.management.OperatingSystemMXBean;
import io.millwright.api.learn.Networks;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * One training step and one prediction of these classes beside those of an older commit, in turns
 * in one process: the older classes come from a loader of their own, the libraries are shared. One
 * thread. Processor time is measured, so that other work on the machine disturbs little. Arguments:
 * the class path of the older commit's classes, how many pairs, a regular expression for the names
 * of the lines.
 */
public final class BeforeAndAfter {

  private static final String OURS = "io.millwright.";
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The processor time of all threads of the process. */
  private static final LongSupplier PROCESSOR =
      ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())::getProcessCpuTime;

  private BeforeAndAfter() {}

  /** Runs the comparison and prints its lines. */
  public static void main(String[] args) throws ReflectiveOperationException {
    ClassLoader here = BeforeAndAfter.class.getClassLoader();
    ClassLoader older = older(args[0], here);
    int pairs = args.length > 1 ? Integer.parseInt(args[1]) : 20;
    String like = args.length > 2 ? args[2] : ".*";
    List<Work> works =
        List.of(
            new Step("MLP 10-64-32-1, batch 32", "mlp", 32, 800),
            new Step("MLP 10-64-32-1, batch 1000", "mlp", 1000, 150),
            new Step("LSTM 128-64 on 30 x 14, batch 32", "lstm", 32, 30),
            new Prediction("one row, plain Java, interval included", true, 20_000),
            new Prediction("one row, PyTorch, interval included", false, 2_000));
    for (Work work : works) {
      if (work.name().matches(like)) {
        Pairs.compare(
            work.name(), 5, pairs, work.timed(new Side(here)), work.timed(new Side(older)));
      }
    }
  }

  /** What is timed on both sides. */
  private interface Work {
    String name();

    DoubleSupplier timed(Side side) throws ReflectiveOperationException;
  }

  private record Step(String name, String kind, int batch, int perEpoch) implements Work {
    @Override
    public DoubleSupplier timed(Side side) throws ReflectiveOperationException {
      return kind.equals("lstm")
          ? side.step(kind, new int[] {128, 64}, 30, 14, batch, perEpoch)
          : side.step(kind, new int[] {64, 32}, 0, 10, batch, perEpoch);
    }
  }

  private record Prediction(String name, boolean java, int calls) implements Work {
    @Override
    public DoubleSupplier timed(Side side) throws ReflectiveOperationException {
      return side.prediction(java, calls);
    }
  }

  /** Takes the project's own classes from a class path, all others from a parent. */
  private static ClassLoader older(String path, ClassLoader parent) {
    URL[] urls =
        Arrays.stream(path.split(File.pathSeparator, -1))
            .map(
                p -> {
                  try {
                    return new File(p).toURI().toURL();
                  } catch (MalformedURLException e) {
                    throw new IllegalArgumentException(e);
                  }
                })
            .toArray(URL[]::new);
    return new URLClassLoader(urls, parent) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
          return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
          Class<?> known = findLoadedClass(name);
          return known == null ? findClass(name) : known;
        }
      }
    };
  }

  /** The benchmark's own classes of one commit, by their names, since each has its own types. */
  private static final class Side {
    private final ClassLoader loader;
    private final Class<?> bench;
    private final Class<?> clock;

    Side(ClassLoader loader) throws ReflectiveOperationException {
      this.loader = loader;
      this.bench = loader.loadClass(Bench.class.getName());
      this.clock = loader.loadClass(Bench.EpochClock.class.getName());
    }

    private static Method method(Class<?> type, String name) {
      Method method =
          Arrays.stream(type.getDeclaredMethods())
              .filter(m -> m.getName().equals(name) && !m.isSynthetic())
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no " + name + " in " + type));
      method.setAccessible(true);
      return method;
    }

    private Object network(String kind, int[] units) throws ReflectiveOperationException {
      return loader
          .loadClass(Networks.class.getName())
          .getMethod(kind, int[].class)
          .invoke(null, units);
    }

    private Object made(Class<?> type, Object... arguments) throws ReflectiveOperationException {
      for (Constructor<?> c : type.getDeclaredConstructors()) {
        boolean fits = c.getParameterCount() == arguments.length;
        if (fits && accepts(c.getParameterTypes()[0], arguments[0])) {
          c.setAccessible(true);
          return c.newInstance(arguments);
        }
      }
      throw new IllegalStateException("no constructor in " + type);
    }

    private static boolean accepts(Class<?> type, Object argument) {
      return type == boolean.class ? argument instanceof Boolean : type.isInstance(argument);
    }

    DoubleSupplier step(String kind, int[] units, int window, int columns, int batch, int perEpoch)
        throws ReflectiveOperationException {
      int count = (int) Math.round(batch * perEpoch / 0.98);
      Object samples = method(bench, "samples").invoke(null, count, Math.max(1, window), columns);
      Object recipe = method(bench, "recipe").invoke(null, network(kind, units), window, batch, 4);
      Object one = made(bench, true);
      return () -> {
        try {
          Object time = made(clock, PROCESSOR);
          method(bench, "train").invoke(one, recipe, samples, time);
          return (double) method(clock, "epochSeconds").invoke(time) / perEpoch;
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      };
    }

    DoubleSupplier prediction(boolean java, int calls) throws ReflectiveOperationException {
      Object samples = method(bench, "samples").invoke(null, 2000, 1, 10);
      Object recipe =
          method(bench, "recipe").invoke(null, network("mlp", new int[] {64, 32}), 0, 32, 2);
      Object trained =
          method(bench, "train").invoke(made(bench, java), recipe, samples, made(clock, PROCESSOR));
      Class<?> api = loader.loadClass(io.millwright.api.Trained.class.getName());
      Object predictor = api.getMethod("open").invoke(trained);
      List<Object> rows = new ArrayList<>();
      List<?> all = (List<?>) samples.getClass().getMethod("all").invoke(samples);
      for (Object sample : all) {
        rows.add(sample.getClass().getMethod("input").invoke(sample));
      }
      Method timed = method(loader.loadClass(OnePrediction.class.getName()), "one");
      return () -> {
        try {
          long begin = THREADS.getCurrentThreadCpuTime();
          timed.invoke(null, predictor, rows, calls);
          return (THREADS.getCurrentThreadCpuTime() - begin) / 1e9 / calls;
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      };
    }
  }
}
