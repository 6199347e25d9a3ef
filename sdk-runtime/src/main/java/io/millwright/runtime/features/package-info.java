/**
 * What a frozen image network says of images: feature maps of its layers ({@link
 * io.millwright.runtime.features.BackboneFeatures}), computed once for each image and kept on disk
 * ({@link io.millwright.runtime.features.FeatureCache}), and the store in which bundles find their
 * backbone by its digest. Plug-ins may use what is public here.
 */
@NullMarked
package io.millwright.runtime.features;

import org.jspecify.annotations.NullMarked;
