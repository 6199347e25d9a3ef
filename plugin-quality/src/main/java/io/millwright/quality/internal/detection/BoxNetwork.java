package io.millwright.quality.internal.detection;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Branch;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Join;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Route;
import java.util.List;

/**
 * The network: convolutions down to cells of 8 pixels, on to 16 and 32 and back again, so that a
 * cell sees the whole of a large defect (Ronneberger et al. 2015, Lin et al. 2017).
 */
final class BoxNetwork {

  private static final int GROUPS = 16;

  private BoxNetwork() {}

  static Network of(Grid grid, boolean colour) {
    Layer whole =
        branches(
            Branch.of(),
            Branch.of(
                half(),
                conv(96, 3),
                norm(),
                branches(
                    Branch.of(),
                    Branch.of(half(), conv(128, 3), norm(), conv(96, 3), norm(), twice())),
                conv(96, 1),
                norm(),
                conv(96, 3),
                norm(),
                twice()));
    return Network.of(
        new Route.Reshape(grid.height(), grid.width(), Plate.planes(colour)),
        new Layer.Conv2d(16, 5, 2, Layer.Padding.SAME, Activation.LINEAR, Initialisation.HE),
        norm(),
        half(),
        conv(32, 3),
        norm(),
        half(),
        conv(64, 3),
        norm(),
        conv(64, 3),
        norm(),
        whole,
        conv(96, 1),
        norm(),
        conv(96, 3),
        norm());
  }

  private static Layer branches(Branch... branches) {
    return new Route.Branches(List.of(branches), Join.CONCATENATE);
  }

  private static Layer half() {
    return new Layer.Pool2d(Layer.Pooling.MAX, 2);
  }

  private static Layer twice() {
    return new Route.Upsample(2);
  }

  private static Layer conv(int filters, int kernel) {
    return new Layer.Conv2d(
        filters, kernel, 1, Layer.Padding.SAME, Activation.LINEAR, Initialisation.HE);
  }

  private static Layer norm() {
    return new Layer.GroupNorm(GROUPS, Activation.RELU);
  }
}
