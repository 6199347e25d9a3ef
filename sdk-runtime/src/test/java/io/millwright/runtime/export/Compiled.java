package io.millwright.runtime.export;

import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/** A generated class, compiled for Java 8's successors and loaded without anything beside it. */
final class Compiled {

  private final MethodHandle predict;

  private Compiled(MethodHandle predict) {
    this.predict = predict;
  }

  static Compiled of(String source, String name, Path folder) throws Exception {
    Path file = folder.resolve(name + ".java");
    Files.writeString(file, source);
    Path log = folder.resolve(name + ".log");
    int rc;
    try (var err = Files.newOutputStream(log)) {
      rc =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  err,
                  err,
                  List.of(
                          "--release",
                          "8",
                          "-Xlint:-options",
                          "-d",
                          folder.toString(),
                          "-cp",
                          "",
                          file.toString())
                      .toArray(String[]::new));
    }
    if (rc != 0) {
      throw new IOException(Files.readString(log));
    }
    ClassLoader alone =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    Class<?> type = alone.loadClass(name);
    for (var method : type.getMethods()) {
      if (method.getName().equals("predict")) {
        return new Compiled(MethodHandles.publicLookup().unreflect(method));
      }
    }
    throw new IOException("no method");
  }

  Object answer(Table table, int row) throws Throwable {
    int n = table.schema().size();
    Object[] arguments = new Object[n];
    for (int c = 0; c < n; c++) {
      arguments[c] =
          table.schema().columns().get(c).type() == ColumnType.NUMBER
              ? (Object) table.number(row, c)
              : table.label(row, c);
    }
    return predict.invokeWithArguments(arguments);
  }
}
