/**
 * The small host: opens, predicts, explains, monitors, reads tables and keeps models, in plain Java
 * and without plug-ins, jobs or engines. Internal.
 */
@NullMarked
package io.millwright.runtime.host;

import org.jspecify.annotations.NullMarked;
