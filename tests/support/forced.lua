-- Lorenz' equations with a force: chaotic, so that one last digit that differs grows to be
-- seen, dependent on time, and with what depends on parameters alone. The tests of where
-- buffers lie integrate it.
problem "forced"
parameters { sigma = 10, rho = 28, beta = "8/3", force = 1 }
states { x = 1, y = 0, z = 0 }
ddt.x = sigma * (y - x) + force * t / (1 + t^2)
ddt.y = x * (rho - z) - y + sqrt(sigma * rho) / 50
ddt.z = x * y - beta * z
observe.radius = sqrt(x^2 + y^2 + z^2) + t
observe.speed = sigma * abs(y - x)
