// The one module a program imports: the job and its options, and the stages for those who join them differently.
@_exported public import Compositing
@_exported public import Decoding
@_exported public import Encoding
@_exported public import Frames
@_exported public import Inference
@_exported public import Matting
@_exported public import Metrics
@_exported public import Models
@_exported public import Pipeline
@_exported public import Plates
@_exported public import Presets
