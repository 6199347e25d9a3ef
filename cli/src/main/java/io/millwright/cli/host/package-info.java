/** Commands about the installation: what computes here, and which plug-ins run. */
@NullMarked
package io.millwright.cli.host;

import org.jspecify.annotations.NullMarked;
