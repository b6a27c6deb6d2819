"""Writes optimizers.json: what PyTorch's optimizers make of fixed gradients. Run: python3 optimizers.py"""

import json
import pathlib

import torch

torch.manual_seed(1)
STEPS = 25
W0 = torch.randn(3, 4, dtype=torch.float64)
b0 = torch.randn(3, 1, dtype=torch.float64)
gradients = [
    (torch.randn(3, 4, dtype=torch.float64), torch.randn(3, 1, dtype=torch.float64) * 1e-3)
    for _ in range(STEPS)
]

optimizers = {
    "gradientDescent": lambda p: torch.optim.SGD(p, lr=0.1),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.8, nesterov=True),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.97, eps=1e-8),
    "adam": lambda p: torch.optim.Adam(p, lr=0.02, betas=(0.85, 0.99), eps=1e-8),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.02, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.05),
}


def flat(tensor):
    return tensor.detach().flatten().tolist()


def run(make, clip=None):
    W = torch.nn.Parameter(W0.clone())
    b = torch.nn.Parameter(b0.clone())
    optimizer = make([W, b])
    trajectory = []
    for dW, db in gradients:
        W.grad, b.grad = dW.clone(), db.clone()
        if clip is not None:
            torch.nn.utils.clip_grad_norm_([W, b], clip)
        optimizer.step()
        trajectory.append({"W": flat(W), "b": flat(b)})
    return trajectory


golden = {
    "torch": torch.__version__,
    "W": flat(W0),
    "b": flat(b0),
    "gradients": [{"dW": flat(dW), "db": flat(db)} for dW, db in gradients],
    "trajectories": {name: run(make) for name, make in optimizers.items()},
    "clipped": run(optimizers["gradientDescent"], clip=2.5),
}

rates = {}
for name, make in {
    "stepDecay": lambda o: torch.optim.lr_scheduler.StepLR(o, step_size=3, gamma=0.5),
    "exponentialDecay": lambda o: torch.optim.lr_scheduler.ExponentialLR(o, gamma=0.9),
    "cosineDecay": lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, T_max=20, eta_min=0.01),
    "reduceOnPlateau": lambda o: torch.optim.lr_scheduler.ReduceLROnPlateau(o, factor=0.5, patience=2),
}.items():
    optimizer = torch.optim.SGD([torch.nn.Parameter(W0.clone())], lr=0.3)
    schedule = make(optimizer)
    rates[name] = []
    for epoch in range(20):
        rates[name].append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if name == "reduceOnPlateau":
            schedule.step(1 / (1 + min(epoch, 4)))
        else:
            schedule.step()
golden["rates"] = rates

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(golden) + "\n")
