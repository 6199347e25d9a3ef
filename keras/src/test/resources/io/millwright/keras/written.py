# Writes the files and answers beside it, with Keras 3.15.1 on its NumPy backend (pip install keras h5py scipy jax).
import os
os.environ["KERAS_BACKEND"] = "numpy"
import keras, numpy as np
from keras import layers as L
rng=np.random.default_rng(5); keras.utils.set_random_seed(5); S=keras.Sequential
M={
'perceptron':(S([L.Input((4,)),L.Dense(6,activation='relu'),L.Dropout(.2),L.Dense(5,activation='tanh'),L.Dense(1)]),'.keras'),
'recurrent':(S([L.Input((7,3)),L.LSTM(5,activation='relu',return_sequences=True),L.Dropout(.2),L.LSTM(4),L.Dense(2)]),'.keras'),
'gated':(S([L.Input((6,3)),L.GRU(4,return_sequences=True),L.GRU(3),L.Dense(3,activation='softmax')]),'.h5'),
'convolved':(S([L.Input((12,2)),L.Conv1D(4,3,activation='relu'),L.MaxPooling1D(2),L.Conv1D(3,3,padding='same'),L.GlobalAveragePooling1D(),L.Dense(2,activation='softmax')]),'.h5'),
'pictures':(S([L.Input((8,8,1)),L.Conv2D(3,3,activation='relu'),L.MaxPooling2D(),L.Flatten(),L.Dense(2,activation='sigmoid')]),'.keras'),
'sequences':(S([L.Input((5,3)),L.LSTM(4,return_sequences=True),L.Dense(2)]),'.keras'),
}
t=open('answers.txt','w')
for n,(m,e) in M.items():
    for w in m.weights:
        if 'seed' not in w.path: w.assign(w.numpy()+rng.normal(0,.1,w.shape).astype('float32'))
    x=rng.normal(0,1,(2,)+tuple(m.input_shape[1:])).astype('float32'); y=np.asarray(m(x,training=False))
    m.save('written-'+n+e)
    for k,a in(('x',x),('y',y)): t.write(n+e+' '+k+' '+' '.join('%.9g'%v for v in a.ravel())+'\n')
