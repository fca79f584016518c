"""A VITS model as Piper publishes them, loaded so that it says the same text with the same bytes.

Two things are changed in a model when it is loaded: it tells how long each phoneme sounds, and its
random numbers come from one fixed table.

Source: Kim, Kong and Son, "Conditional Variational Autoencoder with Adversarial Learning for
End-to-End Text-to-Speech" (VITS), 2021; ONNX operators 1.15.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from narrate.errors import EngineError

if TYPE_CHECKING:
    from pathlib import Path

_NOISE = 1_000_003
"""Random numbers before they come again: a prime, so that they meet no length of a sound."""


def load(model: Path, config: dict[str, Any]) -> Any:  # noqa: ANN401 - a PiperVoice
    """Return the voice, which several threads may use; each sentence takes one core.

    Raises `EngineError` for what is no such model.
    """
    try:
        import onnxruntime
        from piper import PiperVoice
        from piper.config import PiperConfig

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # it keeps the memory of the longest sentences
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            _changed(model), sess_options=options, providers=["CPUExecutionProvider"]
        )
        settings = PiperConfig.from_dict(config)
    except Exception as error:  # onnx and onnxruntime raise classes of their own, and bare ones
        raise EngineError(f"{model} is no voice that Piper can load: {error}") from error
    return PiperVoice(session=session, config=settings)


def _changed(model: Path) -> bytes:
    """Return the model with the lengths of phonemes as an output, and noise that is the same."""
    import onnx
    from piper.patch_voice_with_alignment import add_alignment_output

    found = onnx.load(str(model))
    # It is told already, or the model has none.
    with suppress(ValueError):
        add_alignment_output(found)
    _fix_noise(found.graph)
    return bytes(found.SerializeToString())


def _fix_noise(graph: Any) -> None:  # noqa: ANN401 - an onnx.GraphProto
    """Take the numbers of each `RandomNormalLike` from one table, from its beginning."""
    import numpy as np
    from onnx import helper, numpy_helper

    random = [node for node in graph.node if node.op_type == "RandomNormalLike"]
    if not random:
        return
    noise = np.random.default_rng(1).standard_normal(_NOISE, dtype=np.float32)
    graph.initializer.extend(
        [
            numpy_helper.from_array(noise, "narrate_noise"),
            numpy_helper.from_array(np.array(_NOISE, np.int64), "narrate_period"),
            numpy_helper.from_array(np.array(0, np.int64), "narrate_zero"),
            numpy_helper.from_array(np.array(1, np.int64), "narrate_one"),
        ]
    )
    for number, node in enumerate(random):
        name = f"narrate_{number}_"
        steps = [
            ("Shape", [node.input[0]], "shape"),
            ("ReduceProd", [f"{name}shape"], "size"),
            ("Squeeze", [f"{name}size"], "count"),
            ("Range", ["narrate_zero", f"{name}count", "narrate_one"], "places"),
            ("Mod", [f"{name}places", "narrate_period"], "looped"),
            ("Gather", ["narrate_noise", f"{name}looped"], "flat"),
            ("Reshape", [f"{name}flat", f"{name}shape"], ""),
        ]
        made = [
            helper.make_node(kind, inputs, [f"{name}{result}" if result else node.output[0]])
            for kind, inputs, result in steps
        ]
        place = list(graph.node).index(node)
        graph.node.remove(node)
        for step in reversed(made):
            graph.node.insert(place, step)
