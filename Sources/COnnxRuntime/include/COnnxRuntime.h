void matte_onnxruntime_placeholder(void);
