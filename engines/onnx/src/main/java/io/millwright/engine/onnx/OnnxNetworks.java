package io.millwright.engine.onnx;

import io.millwright.api.foreign.ForeignFile;
import io.millwright.api.foreign.ForeignNetwork;
import io.millwright.api.foreign.ForeignOptions;
import io.millwright.runtime.foreign.ForeignRuntime;
import java.nio.file.Path;
import java.util.Optional;

/** Opens ONNX files. Thread-safe. */
public final class OnnxNetworks implements ForeignRuntime {

  /** For {@link java.util.ServiceLoader}. */
  public OnnxNetworks() {}

  @Override
  public boolean reads(ForeignFile.Format format) {
    return format == ForeignFile.Format.ONNX;
  }

  @Override
  public ForeignNetwork open(ForeignFile file, ForeignOptions options, Optional<Path> nativeCache) {
    return Sessions.ofThisProcess().lease(file, options, nativeCache);
  }
}
