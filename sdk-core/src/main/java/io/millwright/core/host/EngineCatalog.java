package io.millwright.core.host;

import io.millwright.api.EngineReport;
import io.millwright.runtime.network.Engine;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The engines on the class path. An engine whose library is absent cannot be linked: it becomes a
 * candidate that cannot be used and names what to add.
 *
 * @param engines those that can be asked, in the order they were found
 * @param broken those that cannot
 */
record EngineCatalog(List<Engine> engines, List<EngineReport.Candidate> broken) {

  private static final int MOST_ERRORS = 100;

  EngineCatalog {
    engines = List.copyOf(engines);
    broken = List.copyOf(broken);
  }

  /** Looks through a loader, which must be the core's own for the engines of its rooms. */
  static EngineCatalog of(ClassLoader loader) {
    List<Engine> engines = new ArrayList<>();
    List<EngineReport.Candidate> broken = new ArrayList<>();
    Iterator<ServiceLoader.Provider<Engine>> providers =
        ServiceLoader.load(Engine.class, loader).stream().iterator();
    while (broken.size() < MOST_ERRORS) {
      String name = "unknown";
      try {
        if (!providers.hasNext()) {
          break;
        }
        ServiceLoader.Provider<Engine> provider = providers.next();
        name = name(provider.type().getName());
        engines.add(provider.get());
      } catch (ServiceConfigurationError | LinkageError e) {
        String known = name.equals("unknown") ? name(provider(e)) : name;
        broken.add(
            EngineReport.Candidate.builder()
                .name(known)
                .trains(true)
                .detail(detail(known, e))
                .build());
      }
    }
    return new EngineCatalog(engines, broken);
  }

  private static String detail(String name, Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "its library is not on the class path (" + root + "); " + remedy(name);
  }

  /** What to add for an engine to be there. */
  static String remedy(String name) {
    return switch (name) {
      case "PyTorch" ->
          "add the dependency io.millwright:millwright-pytorch-PLATFORM (linux-x86_64, osx-aarch64"
              + " or win-x86_64)";
      case "TensorFlow" ->
          "add the dependency io.millwright:millwright-tensorflow-PLATFORM (linux-x86_64,"
              + " osx-aarch64 or win-x86_64)";
      case "Onnx" -> "add the dependency io.millwright:millwright-engine-onnx";
      default -> "add the dependency that brings it";
    };
  }

  /** The class in a message of ServiceLoader, "SERVICE: Provider CLASS ...". */
  private static String provider(Throwable error) {
    String message = String.valueOf(error.getMessage());
    int at = message.indexOf(": Provider ");
    return at < 0 ? "unknown" : message.substring(at + 11).split(" ", 2)[0];
  }

  /** By habit of this module, engine NAME is the class NAMEEngine. */
  private static String name(String type) {
    String simple = type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    return simple.endsWith("Engine") && simple.length() > 6
        ? simple.substring(0, simple.length() - 6)
        : simple;
  }
}
