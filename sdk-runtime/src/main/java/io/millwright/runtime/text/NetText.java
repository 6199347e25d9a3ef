package io.millwright.runtime.text;

import io.millwright.api.data.PlainData;
import io.millwright.api.head.FittedHead;
import io.millwright.runtime.predict.PlainNetwork;
import java.util.List;

/**
 * A network on the pieces of a text's words. Thread-safe.
 *
 * @param subwords the pieces
 * @param network takes their ids
 */
public record NetText(Subwords subwords, PlainNetwork network) implements TextVoice<String> {

  @Override
  public void say(
      List<? extends String> inputs, FittedHead<?, ?> head, double[][] said, double share) {
    int length = network.inputs();
    float[] ids = new float[inputs.size() * length];
    for (int i = 0; i < inputs.size(); i++) {
      subwords.lay(inputs.get(i), ids, i * length, length);
    }
    float[] z = network.outputs(ids, inputs.size());
    for (int i = 0; i < said.length; i++) {
      head.say(z, i * network.outputs(), said[i], 0, share);
    }
  }

  @Override
  public double known(String input) {
    float[] ids = new float[network.inputs()];
    subwords.lay(input, ids, 0, ids.length);
    int known = 0;
    int all = 0;
    for (float id : ids) {
      known += id > 0 ? 1 : 0;
      all++;
    }
    return all == 0 ? 0 : (double) known / all;
  }

  @Override
  public PlainData data() {
    return PlainData.builder().put("kind", "subwords").put("pieces", subwords.pieces()).build();
  }
}
