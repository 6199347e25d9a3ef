/**
 * Model files that were trained elsewhere, read as data: what an ONNX file, a TorchScript file or a
 * SavedModel holds, without a library for any of them and with a bound on every length, and which
 * engine opens it. Plug-ins may use what is public here.
 */
@NullMarked
package io.millwright.runtime.foreign;

import org.jspecify.annotations.NullMarked;
