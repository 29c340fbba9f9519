"""Hugging Face transformers' generate, in float: arguments are a model folder and a number of threads."""
import sys
import time

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

torch.set_num_threads(int(sys.argv[2]))
tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])
model = AutoModelForCausalLM.from_pretrained(sys.argv[1], torch_dtype=torch.float32).eval()
model.generation_config.eos_token_id = None
print("turn ready", flush=True)
for line in sys.stdin:
    prompt, new_tokens = line.split()
    start = time.perf_counter()
    inputs = tokenizer(prompt, return_tensors="pt", add_special_tokens=False)
    with torch.inference_mode():
        output = model.generate(
            input_ids=inputs["input_ids"],
            attention_mask=inputs["attention_mask"],
            do_sample=False,
            min_new_tokens=int(new_tokens),
            max_new_tokens=int(new_tokens),
            pad_token_id=0,
        )
    seconds = time.perf_counter() - start
    print("turn", seconds, output.shape[1] - inputs["input_ids"].shape[1], flush=True)
