// How many commands a lab answers, asked by the driver from another thread: load SECONDS CUSTOMERS [serve]
import Glibc

runLoad()
