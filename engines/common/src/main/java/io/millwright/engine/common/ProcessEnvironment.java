package io.millwright.engine.common;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import io.millwright.api.EngineReport.Setting;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the whole process that native libraries read when they load. Only what is not set is
 * touched, and every answer says who set the value. Stateless; the process's environment is not
 * thread-safe by nature, so engines write it only while they start.
 */
public final class ProcessEnvironment {

  private static final String OURS = "Millwright";

  private ProcessEnvironment() {}

  /** A system property, set when absent. */
  public static Setting property(String name, String value) {
    String present = System.getProperty(name);
    if (present == null) {
      System.setProperty(name, value);
      return new Setting(name, value, OURS);
    }
    return new Setting(name, present, "system property");
  }

  /**
   * A variable of the environment, set when absent and allowed.
   *
   * @param allowed whether the user lets the process's settings be touched
   */
  public static Setting variable(String name, String value, boolean allowed) {
    String given = System.getenv(name);
    if (given != null) {
      return new Setting(name, given, "environment");
    }
    try {
      String current = get(name);
      if (current != null) {
        return new Setting(name, current, OURS); // Java's own copy is older than our setting.
      }
      if (!allowed) {
        return new Setting(name, "not set", "left alone on request");
      }
      set(name, value);
      return new Setting(name, value, OURS);
    } catch (LinkageError | RuntimeException e) {
      return new Setting(name, "not set", "could not be set: " + e);
    }
  }

  private static @Nullable String get(String name) {
    return call("getenv").invokeString(new Object[] {name}, false);
  }

  private static void set(String name, String value) {
    if (Platform.isWindows()) {
      call("_putenv_s").invokeInt(new Object[] {name, value});
    } else {
      call("setenv").invokeInt(new Object[] {name, value, 1});
    }
  }

  private static Function call(String name) {
    return NativeLibrary.getInstance(Platform.isWindows() ? "msvcrt" : "c", Map.of())
        .getFunction(name);
  }
}
