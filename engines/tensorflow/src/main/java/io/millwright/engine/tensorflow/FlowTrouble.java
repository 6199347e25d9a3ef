package io.millwright.engine.tensorflow;

import io.millwright.engine.common.Platforms;

/** Turns what is thrown when TensorFlow does not start into what a person can do about it. */
final class FlowTrouble {

  private FlowTrouble() {}

  static String explain(Throwable thrown) {
    StringBuilder said = new StringBuilder();
    Throwable deepest = thrown;
    for (Throwable t = thrown; t != null && said.length() < 4000; t = t.getCause()) {
      said.append(t).append("; ");
      deepest = t;
    }
    String text = said.toString();
    String add = "add the dependency io.millwright:millwright-tensorflow-" + Platforms.name();
    if (text.contains("already loaded in another classloader")) {
      return "NATIVE_ELSEWHERE: its native library is already loaded by another class loader of"
          + " this process, and a process can load it only once\n"
          + "Maybe put millwright-core, TensorFlow and the native jars on the loader that"
          + " both share, see docs/engines.md, \"Application servers\"";
    }
    if (text.contains("org/bytedeco")
        || text.contains("org.bytedeco") && text.contains("NoClass")) {
      return "TensorFlow's Java classes are not all on the class path ("
          + deepest
          + ")\nMaybe "
          + add;
    }
    if (thrown instanceof NoClassDefFoundError && text.contains("org/tensorflow")) {
      return "TensorFlow is not on the class path\nMaybe " + add;
    }
    if (thrown instanceof LinkageError) {
      return "its native library is missing or does not load: " + deepest + "\nMaybe " + add;
    }
    return "it did not start: " + deepest + "\nMaybe see docs/engines.md";
  }
}
