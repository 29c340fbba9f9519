"""Serves a small Llama folder with llama.cpp's own HTTP server, for tests against a real engine.

    pip install llama-cpp-python[server] gguf    (or, prebuilt: pip install xllamacpp gguf)
    python serve_llama.py FOLDER PORT

Writes FOLDER's config.json, tokenizer.json (byte-pair encoding with byte fallback, as SentencePiece
has it) and model.safetensors (fp32) to a GGUF file in a temporary folder and serves that under the
name "llama" on the loopback interface until it is killed. Tried with xllamacpp 2026.10.11549,
llama-cpp-python 0.3.36 and gguf 0.19.0.
"""

import importlib.util
import json
import pathlib
import struct
import sys
import tempfile
import threading

import gguf
import numpy as np


def safetensors(path):
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    header.pop("__metadata__", None)
    for name, tensor in header.items():
        assert tensor["dtype"] == "F32", name
        start, end = tensor["data_offsets"]
        values = np.frombuffer(content[8 + length + start : 8 + length + end], np.float32)
        yield name, values.reshape(tensor["shape"])


def interleaved(weight, heads):
    """From the halves that transformers rotates to the pairs that GGUF's llama rotates."""
    rows, columns = weight.shape
    halves = weight.reshape(heads, 2, rows // heads // 2, columns)
    return np.ascontiguousarray(halves.swapaxes(1, 2).reshape(rows, columns))


def write(folder, target):
    config = json.loads((folder / "config.json").read_text())
    heads, kv_heads = config["num_attention_heads"], config["num_key_value_heads"]
    layers, hidden = config["num_hidden_layers"], config["hidden_size"]
    writer = gguf.GGUFWriter(target, "llama")
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(hidden)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(kv_heads)
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_dimension_count(hidden // heads)
    writer.add_rope_freq_base(config["rope_theta"])
    writer.add_vocab_size(config["vocab_size"])
    tokens(json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"], config, writer)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, layers)
    for name, weight in safetensors(folder / "model.safetensors"):
        if name.endswith("q_proj.weight"):
            weight = interleaved(weight, heads)
        if name.endswith("k_proj.weight"):
            weight = interleaved(weight, kv_heads)
        writer.add_tensor(names.get_name(name, (".weight",)), weight)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def tokens(vocabulary, config, writer):
    ordered = sorted(vocabulary, key=vocabulary.get)
    kinds = [gguf.TokenType.NORMAL] * len(ordered)
    for i, token in enumerate(ordered):
        if token.startswith("<0x"):
            kinds[i] = gguf.TokenType.BYTE
    kinds[0] = gguf.TokenType.UNKNOWN
    kinds[config["bos_token_id"]] = kinds[config["eos_token_id"]] = gguf.TokenType.CONTROL
    writer.add_tokenizer_model("llama")
    writer.add_token_list(ordered)
    writer.add_token_scores([-float(i) for i in range(len(ordered))])
    writer.add_token_types(kinds)
    writer.add_bos_token_id(config["bos_token_id"])
    writer.add_eos_token_id(config["eos_token_id"])
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(True)


def serve(model, port):
    if importlib.util.find_spec("llama_cpp"):
        sys.argv = ["llama_cpp.server", "--model", model, "--port", str(port), "--host", "127.0.0.1"]
        sys.argv += ["--model_alias", "llama", "--n_ctx", "512", "--logits_all", "true"]
        from llama_cpp.server.__main__ import main

        main()
    else:
        import xllamacpp

        params = xllamacpp.CommonParams()
        params.model.path = model
        params.model_alias = {"llama"}
        params.hostnames = ["127.0.0.1"]
        params.port = port
        params.n_ctx = 4 * 512
        params.n_parallel = 4
        params.cpuparams.n_threads = 1
        server = xllamacpp.Server(params)
        print(server.listening_address, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        path = pathlib.Path(scratch) / "model.gguf"
        write(pathlib.Path(sys.argv[1]), path)
        serve(str(path), int(sys.argv[2]))
