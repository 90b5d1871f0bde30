"""Application Auto Scaling as pure functions (spec inference 1). Begin at `registry`; `combination` decides.

What a run does with it is in `engine.sagemaker.scaling.scaler`.
"""
